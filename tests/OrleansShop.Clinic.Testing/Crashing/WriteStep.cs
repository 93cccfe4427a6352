namespace OrleansShop.Clinic.Testing.Crashing;

/// <summary>Where in the road of a write the process is lost: before or after one of its durable steps.</summary>
public enum WriteStep
{
    None,
    BeforeMark,
    AfterMark,
    BeforeOutboxMark,
    BeforeStore,
    AfterStore,
    BeforeApply,
    AfterApply,
    BeforeCommit,
    AfterCommit,
    BeforePublish,
    AfterPublish,
    BeforeNote,
}
