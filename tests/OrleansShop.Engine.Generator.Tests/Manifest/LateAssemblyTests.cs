using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using OrleansShop.Engine.Generator.Tests.Running;
using OrleansShop.Engine.Manifest;

namespace OrleansShop.Engine.Generator.Tests.Manifest;

public sealed class LateAssemblyTests
{
    [Fact]
    public async Task An_assembly_that_is_loaded_after_the_others_were_looked_through_is_found()
    {
        var services = new ServiceCollection().AddOrleans(silo => silo.UseLocalhostClustering());
        await using (var before = services.BuildServiceProvider())
        {
            Assert.DoesNotContain(before.GetRequiredService<TypeManifestBuilder>().Interfaces, entry => entry.Key.Name == "ILatecomer");
        }

        Assembly.Load(GeneratorRun.Of(GeneratorRun.Compile("Latecomer", ["public interface ILatecomer : IGrainWithStringKey { Task Come(); }"])).CompilesCleanly().Emit());

        await using var after = services.BuildServiceProvider();
        var entry = after.GetRequiredService<TypeManifestBuilder>().Interfaces.Single(entry => entry.Key.Name == "ILatecomer");
        Assert.Equal("Come", entry.Value().Methods.Single().Method.Name);
    }
}
