namespace Feedback.Grains.Audit;

/// <summary>The stable words of acts that several places record; <see cref="AuditEntry.Act"/>.</summary>
public static class Acts
{
    /// <summary>Who acts on the command line: whoever may run verbs on the machine.</summary>
    public const string Verb = "verb";

    /// <summary>A register was taken from a spreadsheet; the target is the register.</summary>
    public const string RegisterImported = "register.imported";

    /// <summary>Old evaluations were taken from a file; the target is the import's name.</summary>
    public const string EvaluationsImported = "evaluations.imported";

    /// <summary>Everything derived was made anew from the journal.</summary>
    public const string DerivedRebuilt = "derived.rebuilt";

    /// <summary>A key or token was issued; the target is the node it is good for.</summary>
    public const string KeyIssued = "key.issued";

    /// <summary>A key or token was revoked; the target is the key.</summary>
    public const string KeyRevoked = "key.revoked";

    /// <summary>One-time codes for terminals were issued.</summary>
    public const string CodeIssued = "code.issued";

    /// <summary>A one-time code of a terminal was revoked.</summary>
    public const string CodeRevoked = "code.revoked";

    /// <summary>A terminal got a key for a one-time code.</summary>
    public const string TerminalEnrolled = "terminal.enrolled";

    /// <summary>Somebody signed in.</summary>
    public const string SessionBegan = "session.began";

    /// <summary>Somebody signed out; the session ended.</summary>
    public const string SessionEnded = "session.ended";

    /// <summary>Somebody could not sign in. The target is the account that was named, if there is one.</summary>
    public const string SessionRefused = "session.refused";

    /// <summary>The audit trail was exported.</summary>
    public const string AuditExported = "audit.exported";
}
