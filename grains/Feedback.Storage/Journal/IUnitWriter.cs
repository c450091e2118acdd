namespace Feedback.Storage.Journal;

/// <summary>The one writer of a silo: takes what waits in the queue and stores it, transaction by transaction.</summary>
internal interface IUnitWriter
{
    /// <summary>Brings the database to the newest schema and begins to write.</summary>
    Task StartAsync(CancellationToken cancellation);

    /// <summary>Writes what still waits, then stops.</summary>
    Task StopAsync();
}
