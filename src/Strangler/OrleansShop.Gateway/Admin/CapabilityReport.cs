using OrleansShop.Gateway.Following;
using OrleansShop.Gateway.Forwarding;
using OrleansShop.Gateway.Phases;
using OrleansShop.Gateway.Settings;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Serving;

namespace OrleansShop.Gateway.Admin;

/// <summary>Puts together how every capability stands, the services' own view included.</summary>
internal sealed class CapabilityReport(PhaseBook phases, Backends backends, ServiceStatuses services, GatewaySettings settings)
{
    public async Task<CapabilitiesAnswer> MakeAsync(CancellationToken cancellationToken)
    {
        var capabilities = await Task.WhenAll(settings.Catalog.Capabilities.Select((capability, index) => DescribeAsync(capability, index, cancellationToken)));
        return new CapabilitiesAnswer(capabilities, ProcessesOf(backends.Monolith));
    }

    private async Task<CapabilityAnswer> DescribeAsync(CapabilityManifest capability, int index, CancellationToken cancellationToken)
    {
        var service = await AskAsync(capability, index, cancellationToken);
        var phase = phases.Current.Phases[capability.Name];
        return new CapabilityAnswer(capability.Name, phase.Phase, phase.Percent, phase.Lists, phase.Epoch, phase.Since, service);
    }

    private async Task<ServiceAnswer> AskAsync(CapabilityManifest capability, int index, CancellationToken cancellationToken)
    {
        var processes = ProcessesOf(backends.Services[index]);
        try
        {
            return new ServiceAnswer((await services.GetAsync(capability, cancellationToken)).Phase, Problem: null, processes);
        }
        catch (CapabilityServiceException silent)
        {
            return new ServiceAnswer(Phase: null, silent.Message, processes);
        }
    }

    private static List<ProcessAnswer> ProcessesOf(Backend backend) =>
        [.. backend.Destinations.Select(static process => new ProcessAnswer(process.Prefix, process.IsReady, process.InFlight))];
}
