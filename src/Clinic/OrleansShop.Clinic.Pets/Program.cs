using OrleansShop.Clinic.Hosting;
using OrleansShop.Clinic.Pets;

return await new ServiceProcess(PetsService.Name, PetsService.AddPets, PetsService.MapPets).RunAsync(args);
