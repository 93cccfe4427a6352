using OrleansShop.Engine.Processes.Tests.Silos;
using Xunit.Runner.InProc.SystemConsole;

// The tests start this program again, in the role of a silo.
if (args is not [SiloProgram.Role, ..]) return await ConsoleRunner.Run(args);
await SiloProgram.RunAsync(folder: args[1], gatewayPort: int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture));
return 0;
