using ExtGap.Supervisor.Commands;

// Every start of a program passes here, so this verb comes before anything is loaded for the others.
return args is [ExecCommand.Verb, ..] ? ExecCommand.Run(args.AsSpan(1)) : await CommandLine.RunAsync(args);
