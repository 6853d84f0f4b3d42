// A child that misbehaves on demand.
Console.WriteLine(string.Join(' ', args));
return 0;
