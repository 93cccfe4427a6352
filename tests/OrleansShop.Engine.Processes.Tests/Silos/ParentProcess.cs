using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace OrleansShop.Engine.Processes.Tests.Silos;

/// <summary>The process of the test, which holds our input open.</summary>
internal static class ParentProcess
{
    /// <summary>Stops a host when the parent ends, however it ends.</summary>
    public static void StopWithIt(IHost host)
    {
        // On a thread of its own: reading from the console blocks.
        var life = host.Services.GetRequiredService<IHostApplicationLifetime>();
        _ = Task.Run(async () =>
        {
            await Console.In.ReadToEndAsync();
            life.StopApplication();
        });
    }
}
