"""What the browser does, tested in a browser: Debian's Chromium, driven by Playwright."""
