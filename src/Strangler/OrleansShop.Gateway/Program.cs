return await OrleansShop.Gateway.GatewayApplication.RunAsync(args);
