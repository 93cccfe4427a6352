using OrleansShop.Cli;

return await Shopctl.RunAsync(args, Console.Out, Console.Error);
