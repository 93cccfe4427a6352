using OrleansShop.Clinic.Hosting;
using OrleansShop.Clinic.Visits;

return await new ServiceProcess(VisitsService.Name, VisitsService.AddVisits, VisitsService.MapVisits).RunAsync(args);
