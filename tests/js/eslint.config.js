import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["**/vendor/**"] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: "latest", sourceType: "module", globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      // Texts are cleaned of control signs.
      "no-control-regex": "off",
      "no-shadow": "error",
      "no-unused-vars": ["error", { varsIgnorePattern: "^_$" }],
      "no-var": "error",
      "prefer-const": "error",
      // A variable is named for the thing it holds (docs/adr/001-mots-francais.md).
      "id-denylist": ["error", "found", "said", "told", "made"],
    },
  },
];
