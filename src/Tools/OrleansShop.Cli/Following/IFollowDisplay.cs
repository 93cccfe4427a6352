namespace OrleansShop.Cli.Following;

/// <summary>Shows how something that is followed gets on.</summary>
internal interface IFollowDisplay
{
    void Show(FollowStep step);
}
