using OrleansShop.Clinic.Hosting;
using OrleansShop.Clinic.Owners;

return await new ServiceProcess(OwnersService.Name, OwnersService.AddOwners, OwnersService.MapOwners).RunAsync(args);
