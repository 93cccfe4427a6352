using System.Globalization;
using OrleansShop.Engine.Processes.Tests.Counters;
using OrleansShop.Engine.Processes.Tests.Events;
using OrleansShop.Engine.Processes.Tests.Silos;
using OrleansShop.Testing.Clusters;
using Xunit.Runner.InProc.SystemConsole;

// The tests start this program again, in the role of a silo or of a front.
switch (args)
{
    case [SiloProgram.Role, var folder, var gatewayPort]:
        await SiloProgram.RunAsync(folder, int.Parse(gatewayPort, CultureInfo.InvariantCulture));
        return 0;
    case [CounterSiloSettings.Role, var settings]:
        await CounterSiloProgram.RunAsync(CounterSiloSettings.Parse(settings));
        return 0;
    case [FrontSettings.Role, var settings]:
        await FrontProgram.RunAsync(FrontSettings.Parse(settings));
        return 0;
    case [EventSiloSettings.Role, var settings]:
        await EventSiloProgram.RunAsync(EventSiloSettings.Parse(settings));
        return 0;
    default:
        return await ConsoleRunner.Run(args);
}
