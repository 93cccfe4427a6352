using OrleansShop.Engine.Simulation.Workers;
using Xunit.Runner.InProc.SystemConsole;

// The tests start this program again as workers that run seeds; by hand it does the same.
return args is [WorkerProgram.Role, ..] ? await WorkerProgram.Run(args) : await ConsoleRunner.Run(args);
