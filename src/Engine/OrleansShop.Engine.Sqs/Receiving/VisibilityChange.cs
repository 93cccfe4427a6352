namespace OrleansShop.Engine.Sqs.Receiving;

/// <summary>How long a received message is hidden from now.</summary>
/// <param name="ReceiptHandle">Which message.</param>
/// <param name="Visibility">0 to 12 h, in whole seconds; zero gives it back at once.</param>
internal readonly record struct VisibilityChange(string ReceiptHandle, TimeSpan Visibility);
