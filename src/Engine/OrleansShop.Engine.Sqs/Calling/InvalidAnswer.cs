namespace OrleansShop.Engine.Sqs.Calling;

/// <summary>An answer that is not what the protocol says, as when a proxy answers in the service's place.</summary>
/// <param name="what">What is wrong with it.</param>
/// <param name="innerException">Where it was noticed.</param>
internal sealed class InvalidAnswer(string what, Exception? innerException = null) : Exception($"the answer is not one of the service: {what}", innerException);
