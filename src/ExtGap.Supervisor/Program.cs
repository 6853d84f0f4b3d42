using ExtGap.Supervisor.Commands;

return await CommandLine.RunAsync(args);
