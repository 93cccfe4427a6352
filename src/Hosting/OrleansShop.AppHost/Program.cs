using OrleansShop.AppHost;

return await AppHostCommand.RunAsync(args);
