namespace OrleansShop.ServiceDefaults.Ecs;

/// <summary>How patiently the task metadata endpoint is asked, and how much it may say.</summary>
/// <param name="Overall">How long to try. The endpoint can lag behind the start of a container, and it limits the rate at which all tasks of a host ask.</param>
/// <param name="PerRequest">How long one answer may take.</param>
/// <param name="MaxAnswerBytes">The longest answer: ten containers with all their labels are a tenth of it.</param>
/// <param name="FirstPause">The pause after the first failure, doubled after each further one up to <paramref name="LongestPause"/>, and shortened at random by up to a half.</param>
/// <param name="LongestPause">The longest pause.</param>
internal sealed record EcsMetadataLimits(TimeSpan Overall, TimeSpan PerRequest, int MaxAnswerBytes, TimeSpan FirstPause, TimeSpan LongestPause)
{
    public static EcsMetadataLimits Default { get; } = new(
        Overall: TimeSpan.FromSeconds(20), PerRequest: TimeSpan.FromSeconds(2), MaxAnswerBytes: 1_048_576, FirstPause: TimeSpan.FromMilliseconds(100), LongestPause: TimeSpan.FromSeconds(2));
}
