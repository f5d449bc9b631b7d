"""Pure rules: values in, values out. No files, no clock of the machine, no printing."""
