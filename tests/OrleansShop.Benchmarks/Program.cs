using OrleansShop.Benchmarks.Running;

// One command: dotnet run -c Release --project tests/OrleansShop.Benchmarks -- [names…|all] [--rounds N] [--seconds N] [--owners N] [--rate N] [--json FILE]
// Without names it lists what there is. A benchmark that needs a second process starts this program again with "--role".
return await BenchmarkCommand.RunAsync(args);
