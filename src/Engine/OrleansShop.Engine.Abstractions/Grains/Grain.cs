using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using OrleansShop.Engine.Context;

namespace Orleans;

/// <summary>The class that grain classes derive from. One object is one activation; its calls run one at a time.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    private readonly IGrainContext? _context;
    private IGrainRuntime? _runtime;

    /// <summary>Creates the grain of the activation that is being created on this thread. Outside an engine the grain has no context.</summary>
    protected Grain()
        : this(CurrentActivation.Context!, null)
    {
    }

    /// <summary>Creates the grain of <paramref name="grainContext"/>, for tests that replace the engine.</summary>
    protected Grain(IGrainContext grainContext, IGrainRuntime? grainRuntime = null)
    {
        _context = grainContext;
        _runtime = grainRuntime;
    }

    /// <summary>The activation. Null only if the grain was created by <c>new</c> outside an engine.</summary>
    public IGrainContext GrainContext => _context!;

    /// <summary>A reference to this grain that can be passed to others.</summary>
    public GrainReference GrainReference => Context.GrainReference;

    /// <summary>The grain's id as text.</summary>
    public string IdentityString => Context.GrainId.ToString();

    /// <summary>The silo that this activation lives on, as text.</summary>
    public string RuntimeIdentity => Runtime.SiloIdentity;

    /// <summary>Creates references to grains.</summary>
    protected IGrainFactory GrainFactory => Runtime.GrainFactory;

    /// <summary>The services of this activation.</summary>
    protected internal IServiceProvider ServiceProvider => Context.ActivationServices;

    internal IGrainRuntime Runtime => _runtime ??= (Context as IHasGrainRuntime)?.Runtime ?? Context.ActivationServices.GetRequiredService<IGrainRuntime>();

    private IGrainContext Context => _context ?? throw new InvalidOperationException(
        $"{GetType().Name} was created outside an engine and has no grain context. Get a reference from IGrainFactory, or pass a context to the constructor.");

    /// <summary>Runs after the state was loaded and before the first call. An exception fails the calls that wait.</summary>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs before the activation goes. Not when its silo crashes.</summary>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Lets this activation go once the running calls have ended. Later calls reach a new one.</summary>
    protected void DeactivateOnIdle() => Runtime.DeactivateOnIdle(Context);

    /// <summary>Moves this activation to another silo, if there is a better one, once the running calls have ended.</summary>
    protected void MigrateOnIdle() => GrainBaseExtensions.MigrateOnIdle(this);

    /// <summary>Keeps an idle activation for at least <paramref name="timeSpan"/> from now. Zero takes that back; a negative or endless one keeps it for good.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => Runtime.DelayDeactivation(Context, timeSpan);

    /// <summary>Registers a timer whose callbacks interleave with calls.</summary>
    /// <returns>The timer; disposing it ends it.</returns>
    [Obsolete("Use 'this.RegisterGrainTimer(callback, state, new() { DueTime = dueTime, Period = period, Interleave = true })' instead.")]
    protected IDisposable RegisterTimer(Func<object?, Task> callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return Runtime.TimerRegistry.RegisterTimer(Context, callback, state, dueTime, period);
    }
}
