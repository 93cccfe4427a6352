return await OrleansShop.Strangler.Bridge.BridgeApplication.RunAsync(args);
