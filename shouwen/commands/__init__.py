"""One file per subcommand: options in, store and core asked, text out. Nothing else prints."""
