"""Text, files, problems, what is kept between runs, processes: nothing of the domain."""
