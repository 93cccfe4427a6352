namespace Orleans.Reminders;

#pragma warning disable CA1027 // The numbers are consecutive, not flags.
/// <summary>The codes that reminders have in logs of the programming model. This engine's log events have numbers of their own.</summary>
public enum RSErrorCode
{
    /// <summary>The first number of the reminders' codes.</summary>
    ReminderServiceBase = 102900,

    /// <summary>A reminder could not be stored.</summary>
    RS_Register_TableError = 102905,

    /// <summary>A reminder is registered already.</summary>
    RS_Register_AlreadyRegistered = 102907,

    /// <summary>A period is too short.</summary>
    RS_Register_InvalidPeriod = 102908,

    /// <summary>A grain has no reminders, because it is not remindable.</summary>
    RS_Register_NotRemindable = 102909,

    /// <summary>Another silo owns the grain.</summary>
    RS_NotResponsible = 102910,

    /// <summary>The silo does not keep the reminder that is to be removed.</summary>
    RS_Unregister_NotFoundLocally = 102911,

    /// <summary>A reminder could not be removed.</summary>
    RS_Unregister_TableError = 102912,

    /// <summary>A row was written.</summary>
    RS_Table_Insert = 102913,

    /// <summary>A row was removed.</summary>
    RS_Table_Remove = 102914,

    /// <summary>A tick failed.</summary>
    RS_Tick_Delivery_Error = 102915,

    /// <summary>The service has not started.</summary>
    RS_Not_Started = 102916,

    /// <summary>The reminders of a grain could not be removed.</summary>
    RS_UnregisterGrain_TableError = 102917,

    /// <summary>Of a table in a grain.</summary>
    RS_GrainBasedTable1 = 102918,

    /// <summary>Of the making of a table.</summary>
    RS_Factory1 = 102919,

    /// <summary>The table could not be read.</summary>
    RS_FailedToReadTableAndStartTimer = 102920,

    /// <summary>Of a table in a grain.</summary>
    RS_TableGrainInit1 = 102921,

    /// <summary>Of a table in a grain.</summary>
    RS_TableGrainInit2 = 102922,

    /// <summary>Of a table in a grain.</summary>
    RS_TableGrainInit3 = 102923,

    /// <summary>Of a table in a grain.</summary>
    RS_GrainBasedTable2 = 102924,

    /// <summary>The service starts.</summary>
    RS_ServiceStarting = 102925,

    /// <summary>The service has started.</summary>
    RS_ServiceStarted = 102926,

    /// <summary>The service stops.</summary>
    RS_ServiceStopping = 102927,

    /// <summary>A reminder is registered or replaced.</summary>
    RS_RegisterOrUpdate = 102928,

    /// <summary>A reminder is removed.</summary>
    RS_Unregister = 102929,

    /// <summary>A reminder stops on this silo.</summary>
    RS_Stop = 102930,

    /// <summary>A row is removed.</summary>
    RS_RemoveFromTable = 102931,

    /// <summary>A reminder is asked for.</summary>
    RS_GetReminder = 102932,

    /// <summary>The reminders of a grain are asked for.</summary>
    RS_GetReminders = 102933,

    /// <summary>The silo owns other grains than before.</summary>
    RS_RangeChanged = 102934,

    /// <summary>The service stops on this silo.</summary>
    RS_LocalStop = 102935,

    /// <summary>A reminder starts on this silo.</summary>
    RS_Started = 102936,

    /// <summary>The first reading of the table fails, and is tried again.</summary>
    RS_ServiceInitialLoadFailing = 102937,

    /// <summary>The first reading of the table has failed.</summary>
    RS_ServiceInitialLoadFailed = 102938,

    /// <summary>A period is shorter than reminders are meant for.</summary>
    RS_FastReminderInterval = 102939,
}
#pragma warning restore CA1027
