namespace OrleansShop.Storage.Aws.Posting;

/// <summary>A service answers with more than its client takes.</summary>
/// <param name="limitBytes">The most that is taken.</param>
internal sealed class AnswerTooLongException(int limitBytes) : Exception($"the answer is longer than {limitBytes} bytes");
