"""Settings that the user wrote into TOML files, and what is wrong with them. Knows no screen and no command."""
