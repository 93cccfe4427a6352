using OrleansShop.Clinic.Hosting;
using OrleansShop.Clinic.Vets;

return await new ServiceProcess(VetsService.Name, VetsService.AddVets, VetsService.MapVets).RunAsync(args);
