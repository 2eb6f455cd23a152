"""`python -m fondouk.project.cli`, for the processes that `fondouk run` starts."""

from fondouk.project.cli import main

main(prog_name="fondouk")
