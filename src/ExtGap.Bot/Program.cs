using ExtGap.Bot.Commands;

return await CommandLine.RunAsync(args);
