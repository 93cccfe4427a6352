using OrleansShop.Gateway.Admission;
using OrleansShop.Gateway.Phases;
using OrleansShop.Gateway.Settings;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Switching;

namespace OrleansShop.Gateway.Switching;

/// <summary>
/// Switches a capability by one copy, while its writes wait and its reads go on at the old side.
/// <code>
///   1 record   the intent is in the phases file; service and gateway agree on where they start
///   2 hold     new writes of the capability, and deletes that reach into it, are answered 503 with Retry-After
///   3 drain    the writes that were on their way end
///   4 copy     the service imports the monolith's rows, or exports its own, and changes its phase
///   5 commit   the new phase is in the phases file, then in the snapshot that requests read
///   6 release  writes flow again, to the new side
/// </code>
/// The commit is the point of no return. Whatever ends the switch before it leaves the capability where it was; if the service has gone further, or
/// cannot say, <see cref="Reconciliation"/> brings the two together as soon as it answers. That never loses a write: the grains
/// acknowledge nothing that the monolith's rows do not have, so the monolith can always go on.
/// </summary>
internal sealed class CopyOnceSwitch(
    PhaseBook phases,
    WriteGates gates,
    ServiceCalls services,
    Reconciliation reconciliation,
    GatewaySettings settings,
    SwitchProbe probe,
    TimeProvider time) : ICapabilitySwitch
{
    public async Task<SwitchRecord> RunAsync(SwitchRecord running, CapabilityManifest capability, CancellationToken stopping)
    {
        var gate = gates[settings.Catalog.Capabilities.IndexOf(capability)];
        using var turn = await reconciliation.TakeTurnAsync(capability, CancellationToken.None);
        try
        {
            // 1. Record: done by the caller; what is left is to agree on the start.
            await AgreeOnStartAsync(running, capability, stopping);
            await probe.AfterAsync(SwitchStep.Record, stopping);

            // 2. Hold.
            phases.Advance(running, SwitchStep.Hold);
            var drained = gate.Hold();
            await probe.AfterAsync(SwitchStep.Hold, stopping);

            // 3. Drain.
            phases.Advance(running, SwitchStep.Drain);
            await DrainAsync(gate, drained, stopping);
            await probe.AfterAsync(SwitchStep.Drain, stopping);

            // 4. Copy.
            phases.Advance(running, SwitchStep.Copy);
            await CopyAsync(running, capability, stopping);
            await probe.AfterAsync(SwitchStep.Copy, stopping);

            // 5. Commit.
            phases.Advance(running, SwitchStep.Commit);
            return phases.Commit(running, $"{running.Capability} is served by {running.To}.");
        }
        catch (SwitchFailedException failure)
        {
            return phases.GiveUp(running, failure.Message);
        }
        catch (IOException unwritable)
        {
            reconciliation.MarkUnsettled(capability);
            return phases.GiveUp(running, $"The phases could not be written down: {unwritable.Message}");
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next start compares both sides anew, so nothing needs to be remembered here.
            return phases.GiveUp(running, "The gateway was stopped during the switch.");
        }
        finally
        {
            // 6. Release.
            await probe.BeforeReleaseAsync(stopping);
            gate.Release();
        }
    }

    private async Task AgreeOnStartAsync(SwitchRecord running, CapabilityManifest capability, CancellationToken stopping)
    {
        try
        {
            if (!await reconciliation.SettleAsync(capability, stopping))
            {
                throw new SwitchFailedException($"The {capability.Name} service is busy with a transition that this gateway does not know of. Try again when it has ended.");
            }
        }
        catch (CapabilityServiceException unreachable)
        {
            throw new SwitchFailedException($"The {capability.Name} service cannot be switched: {unreachable.Message}", unreachable);
        }

        if (phases.Current.Phases[capability.Name].Phase != running.From)
        {
            throw new SwitchFailedException($"The {capability.Name} service was not at {running.From}, so the capability has fallen back to the monolith. Try again.");
        }
    }

    private async Task DrainAsync(WriteGate gate, Task drained, CancellationToken stopping)
    {
        try
        {
            await drained.WaitAsync(settings.Switching.DrainTimeout, time, stopping);
        }
        catch (TimeoutException)
        {
            throw new SwitchFailedException($"{gate.Inside} writes that were on their way did not end within {settings.Switching.DrainTimeout}.");
        }
    }

    private async Task CopyAsync(SwitchRecord running, CapabilityManifest capability, CancellationToken stopping)
    {
        try
        {
            var status = await services.CopyAsync(capability, running.To, running.By, stopping);
            if (status.Phase != running.To)
            {
                throw new SwitchFailedException($"The {capability.Name} service says that it has copied, and that its phase is {status.Phase}.");
            }
        }
        catch (CapabilityServiceException failure)
        {
            if (!await HasArrivedAsync(running, capability, stopping))
            {
                throw new SwitchFailedException($"The copy failed: {failure.Message}", failure);
            }
        }
        catch (OperationCanceledException)
        {
            reconciliation.MarkUnsettled(capability);
            throw;
        }
    }

    /// <summary>A lost answer does not tell whether the copy was done; the service's own status does.</summary>
    private async Task<bool> HasArrivedAsync(SwitchRecord running, CapabilityManifest capability, CancellationToken stopping)
    {
        reconciliation.MarkUnsettled(capability);
        try
        {
            var status = await services.GetStatusAsync(capability, stopping);
            return status.Phase == running.To && status.Pending is null;
        }
        catch (CapabilityServiceException)
        {
            // Still unknown: the failure of the copy is reported, and the reconciliation goes on asking.
            return false;
        }
    }
}
