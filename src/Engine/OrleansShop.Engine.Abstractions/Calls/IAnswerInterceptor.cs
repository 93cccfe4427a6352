namespace OrleansShop.Engine.Calls;

/// <summary>Stands between the answer to a call and its caller: the caller's filters.</summary>
internal interface IAnswerInterceptor
{
    /// <summary>The outcome is in the call. The interceptor completes the promise when it has done its part.</summary>
    void Answered(GrainCall call);
}
