using OrleansShop.Cli;

return await Shopctl.RunAsync(args, Console.Out, Console.Error, Console.IsInputRedirected || Console.IsErrorRedirected ? null : Console.In);
