using OrleansShop.Clinic.Monolith;

return await MonolithApplication.RunAsync(args);
