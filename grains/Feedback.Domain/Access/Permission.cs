namespace Feedback.Domain.Access;

/// <summary>One thing that somebody may do at or below a node. Every endpoint demands exactly one of them, or says why it is open.</summary>
public enum Permission
{
    /// <summary>Push evaluations and finished matters of windows. Terminals only.</summary>
    PushEvents = 1,

    /// <summary>Sign members of staff in and out at windows. Terminals only.</summary>
    SignStaffIn,

    /// <summary>Ask a citizen for a rating of one matter. Terminals only.</summary>
    Invite,

    /// <summary>Replace the own key by a new one. Terminals only.</summary>
    RenewKey,

    /// <summary>Read what is released to the rated: coarse, late, never about fewer than five.</summary>
    ReadReleased,

    /// <summary>Read exact figures at any time, those of cases and charts included.</summary>
    ReadFigures,

    /// <summary>Read single evaluations with their time, comments masked.</summary>
    ReadEvaluations,

    /// <summary>Read comments as they were written.</summary>
    ReadComments,

    /// <summary>Learn the number of the matter, and so who rated, and at any stage the contact in a case, for a reason that is kept.</summary>
    Unmask,

    /// <summary>See who was told the identity of raters or the contact of citizens, and why.</summary>
    ReadAlerts,

    /// <summary>Take evaluations out of the figures and back in, for a reason.</summary>
    Exclude,

    /// <summary>Change what is released and published.</summary>
    Publish,

    /// <summary>Change organisation, catalogue and staff.</summary>
    ManageRegisters,

    /// <summary>Open and close accounts, grant roles, end sessions.</summary>
    ManageAccounts,

    /// <summary>Enrol terminals, issue and revoke keys and tokens.</summary>
    ManageKeys,

    /// <summary>Export and erase what is kept of one person.</summary>
    ManagePersonal,

    /// <summary>Search and export the audit trail.</summary>
    ReadAudit,

    /// <summary>See how the silos of the cluster fare.</summary>
    SeeCluster,

    /// <summary>Change the own password and second factor, end the own sessions: everybody who signs in.</summary>
    OwnAccount,

    /// <summary>Read the policies of places and the calendars of years.</summary>
    ReadPolicies,

    /// <summary>Set policies, and define the years of the calendar.</summary>
    ManagePolicies,

    /// <summary>Register what citizens bring to the office: complaints, suggestions, praise, questions. Tokens may, for other systems.</summary>
    FileCases,

    /// <summary>Read cases of the own units; what citizens said, as far as nobody is recused.</summary>
    ReadCases,

    /// <summary>Do something with cases of the own units. What somebody may do with one follows from the case.</summary>
    WorkCases,

    /// <summary>Send orders of the city's hotline and do what the city does with them. Tokens only.</summary>
    SendOrders,

    /// <summary>Open batches of printed forms, key the forms and read how batches stand: people who may read single evaluations, never those at the windows.</summary>
    KeyForms,

    /// <summary>Tell the city's own figures of its hotline, to stand beside ours. Tokens that send orders may, too.</summary>
    TellHotlineFigures,

    /// <summary>Tell lists of service matters of another system, with the times that they had there. Tokens that file cases may, and who leads a hall or a district; never those at the windows.</summary>
    TellMatters,
}

/// <summary>The words of permissions, as tokens carry them and the reference tells them.</summary>
public static class PermissionWords
{
    private static readonly string[] Words =
    [
        "push-events", "sign-staff-in", "invite", "renew-key", "read-released", "read-figures", "read-evaluations", "read-comments", "unmask",
        "read-alerts", "exclude", "publish", "manage-registers", "manage-accounts", "manage-keys", "manage-personal", "read-audit", "see-cluster", "own-account",
        "read-policies", "manage-policies", "file-cases", "read-cases", "work-cases", "send-orders", "key-forms", "tell-hotline-figures", "tell-matters",
    ];

    /// <summary>The stable word.</summary>
    public static string Word(this Permission permission) => Words[(int)permission - 1];

    /// <summary>The permission of that word, or null.</summary>
    public static Permission? PermissionOf(string word) => Array.IndexOf(Words, word) is >= 0 and var index ? (Permission)(index + 1) : null;
}
