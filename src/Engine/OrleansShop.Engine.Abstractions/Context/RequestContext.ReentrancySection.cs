using Orleans.Core.Internal;
using OrleansShop.Engine.Context;

namespace Orleans.Runtime;

public static partial class RequestContext
{
    /// <summary>A stretch of code in which calls may, or may not, come back along the chain. Ends when it is disposed.</summary>
    public readonly struct ReentrancySection : IDisposable
    {
        private readonly Guid _originalReentrancyId;
        private readonly Guid _newReentrancyId;
        private readonly ICallChainReentrantGrainContext? _activation;

        /// <summary>Opens a section with <paramref name="newReentrancyId"/>, after which <paramref name="originalReentrancyId"/> holds again.</summary>
        public ReentrancySection(Guid originalReentrancyId, Guid newReentrancyId)
        {
            _originalReentrancyId = originalReentrancyId;
            _newReentrancyId = newReentrancyId;
            _activation = newReentrancyId == Guid.Empty ? null : CurrentActivation.Context as ICallChainReentrantGrainContext;
            if (originalReentrancyId != newReentrancyId)
                ReentrancyId = newReentrancyId;
            _activation?.OnEnterReentrantSection(newReentrancyId);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _activation?.OnExitReentrantSection(_newReentrancyId);
            if (_originalReentrancyId != _newReentrancyId)
                ReentrancyId = _originalReentrancyId;
        }
    }
}
