using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Cancellation;
using OrleansShop.Engine.Context;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Calls;

/// <summary>What calls of methods with a <see cref="GrainCancellationToken"/> parameter do besides; all others do not know of it.</summary>
public abstract partial class GrainCall
{
    /// <summary>How such an argument travels.</summary>
    protected static Codec<GrainCancellationToken?> GrainTokens => GrainTokenCodec.Instance;

    /// <summary>The token as the method gets it: known to the activation in whose turn this is, so that it can be cancelled from now on.</summary>
    protected static GrainCancellationToken? Receive(GrainCancellationToken? token) =>
        token is not null && CurrentActivation.Context is IGrainExtensionBinder activation
            ? ((IReceivesGrainTokens)activation.GetExtension<IGrainCancellationExtension>()).Receive(token)
            : token;
}
