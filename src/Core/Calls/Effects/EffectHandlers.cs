namespace VoiceFunctions.Core.Calls.Effects;

/// <summary>Does one kind of effect. Its claim is held; whatever else it learns goes into the outcome.</summary>
/// <param name="context">The call and its route.</param>
/// <param name="effect">The effect.</param>
/// <param name="cancellationToken">Ends the attempt; whether the effect was done is then unknown, and the next attempt finds out.</param>
public delegate Task<EffectOutcome> EffectHandler<in TEffect>(EffectContext context, TEffect effect, CancellationToken cancellationToken)
    where TEffect : CallEffect;

/// <summary>The handlers by kind of effect.</summary>
public sealed class EffectHandlers
{
    private readonly Dictionary<Type, EffectHandler<CallEffect>> handlers = [];

    /// <summary>Adds the handler of a kind.</summary>
    public EffectHandlers Add<TEffect>(EffectHandler<TEffect> handler)
        where TEffect : CallEffect
    {
        handlers.Add(typeof(TEffect), (context, effect, cancellationToken) => handler(context, (TEffect)effect, cancellationToken));
        return this;
    }

    /// <summary>Whether effects of a type have a handler.</summary>
    public bool Has(Type effect) => handlers.ContainsKey(effect);

    /// <summary>Does an effect.</summary>
    public Task<EffectOutcome> HandleAsync(EffectContext context, CallEffect effect, CancellationToken cancellationToken) =>
        handlers[effect.GetType()](context, effect, cancellationToken);
}
