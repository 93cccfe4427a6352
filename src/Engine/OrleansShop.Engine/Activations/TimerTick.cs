using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Activations;

/// <summary>A timer's tick as a request, so that it is admitted, counted and run like any other.</summary>
internal sealed class TimerTick : VoidGrainCall
{
    private static readonly GrainMethod s_method = new(typeof(GrainTimer), "Tick", id: 0, GrainMethodTraits.OneWay, responseTimeout: null, parameterTypes: []);

    private readonly GrainTimer _timer;
    private readonly object _alarm;

    public TimerTick(GrainTimer timer, object alarm, Activation activation, CallFlags flags)
    {
        _timer = timer;
        _alarm = alarm;
        Flags = flags | CallFlags.Isolated;
        Target = activation.Class.Host.References.SelfTarget(activation.Class.GrainType);
        Key = activation.GrainId.Key;
    }

    public override GrainMethod Method => s_method;

    public override void WriteArguments(PayloadWriter writer) => throw new NotSupportedException("A timer's tick does not leave its activation.");

    public override void ReadArguments(PayloadReader reader) => throw new NotSupportedException("A timer's tick does not leave its activation.");

    public override void CopyArguments(CopyContext context)
    {
    }

    protected override ValueTask Invoke(object target) => _timer.TickAsync(_alarm);
}
