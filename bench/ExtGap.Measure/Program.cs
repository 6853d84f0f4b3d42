using ExtGap.Measure;

// Measures the whole program and its peers, and prints a table: scripts/measure.sh says how. "write" is a child of its own.
return args is ["write", ..] ? Writer.Run(args[1..]) : await MeasureCommand.Build().Parse(args).InvokeAsync();
