namespace Feedback.Storage.Schema;

/// <summary>Work that makes a database anew and did not come to its end: nobody is to go on counting on what it left.</summary>
public enum UnfinishedWork
{
    /// <summary>The derived tables were emptied and are not filled again: who was late is forgotten there, and a repeat would count.</summary>
    Rebuild,

    /// <summary>The database was filled from a backup or from files and not completed: the next attempt clears all of it.</summary>
    Restore,
}

/// <summary>What is asked for cannot be done on a database before unfinished work is done again.</summary>
/// <param name="work">The work.</param>
public sealed class UnfinishedWorkException(UnfinishedWork work) : IOException(Words(work))
{
    /// <summary>What was not finished and what is to be done about it, in one line.</summary>
    public static string Words(UnfinishedWork work) => work == UnfinishedWork.Rebuild
        ? "A rebuild was not finished: run 'feedback rebuild' again."
        : "A restore or migrate into this PostgreSQL database was not finished: run it again; it begins anew.";
}
