namespace Feedback.Grains.Due;

/// <summary>Performs what is due in one shard. The key is <c>due-</c> and the number of the shard; two activations at once do no harm.</summary>
[Alias("feedback.due")]
public interface IDueGrain : IGrainWithStringKey
{
    /// <summary>Something is due: it is looked at and begun. Returns before it is done.</summary>
    [Alias("wake")]
    Task Wake();
}
