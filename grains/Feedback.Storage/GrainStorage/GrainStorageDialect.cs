namespace Feedback.Storage.GrainStorage;

/// <summary>
/// Grain storage in one database's SQL: the tables, built up in numbered steps, and the queries that Orleans reads
/// from <c>orleansquery</c> when a silo starts and then uses with parameters and columns of fixed names.
/// </summary>
/// <param name="VersionTable">Makes the table of applied steps, if it is not there.</param>
/// <param name="Steps">Step n (from 1) brings the tables from version n−1 to n. A released step is never changed.</param>
/// <param name="Queries">Query text by Orleans' name for it; belongs to the last step and is stored with it.</param>
/// <remarks>
/// What Orleans asks of the queries: writing and clearing return the new version as their only row, or no row if the
/// stored version is not the expected one, which it then reports as an inconsistent state. Reading returns the
/// payload and the version. <c>DeleteStorageKey</c> is left out on purpose: a deleted row forgets its version, and a
/// stale activation holding version 1 could overwrite the state written after it; Orleans refuses to start if it is
/// told to delete all the same.
/// </remarks>
internal sealed record GrainStorageDialect(string VersionTable, IReadOnlyList<string> Steps, IReadOnlyDictionary<string, string> Queries)
{
    public const string Write = "WriteToStorageKey";
    public const string Read = "ReadFromStorageKey";
    public const string Clear = "ClearStorageKey";
}
