namespace Orleans.Services;

/// <summary>The way from a grain to a grain service.</summary>
/// <typeparam name="TGrainService">The service.</typeparam>
public interface IGrainServiceClient<TGrainService>
    where TGrainService : IGrainService;
