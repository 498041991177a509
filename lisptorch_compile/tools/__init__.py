"""What surrounds the compiler: files, running programs, imports."""
