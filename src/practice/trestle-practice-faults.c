/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-faults.h"

#include <gio/gio.h>

#include "practice/trestle-practice-put.h"

typedef struct
{
  TrestlePracticeFault fault;
  char *service; /* NULL: all */
  char *operation;
  gint64 count; /* -1: without end */
  double rate;
} Entry;

struct _TrestlePracticeFaults
{
  GPtrArray *entries;
  GRand *random;
};

static const char *const kinds[] = {
  "",     "throttle", "error500", "error503", "reset",  "cut",     "drip", "delay", "expired-token",
  "skew", "capacity", "stuck",    "ping",     "denied", "refused",
};

static void
entry_free (Entry *entry)
{
  g_free (entry->service);
  g_free (entry->operation);
  g_free (entry);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Entry, entry_free)

TrestlePracticeFaults *
trestle_practice_faults_new (void)
{
  TrestlePracticeFaults *self = g_new0 (TrestlePracticeFaults, 1);

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->random = g_rand_new_with_seed (1);
  return self;
}

void
trestle_practice_faults_free (TrestlePracticeFaults *self)
{
  g_ptr_array_unref (self->entries);
  g_rand_free (self->random);
  g_free (self);
}

void
trestle_practice_faults_clear (TrestlePracticeFaults *self)
{
  g_ptr_array_set_size (self->entries, 0);
}

static gboolean
refuse (GError **error, const char *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "A fault cannot be read: %s", what);
  return FALSE;
}

static char *
dup_name (JsonObject *object, const char *member)
{
  const char *name = get_text (object, member);

  return name == NULL || g_str_equal (name, "*") ? NULL : g_strdup (name);
}

static gboolean
read_number (JsonObject *object,
             const char *name,
             double min,
             double max,
             double *value,
             GError **error)
{
  JsonNode *node = json_object_get_member (object, name);
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node)
                                                            : G_TYPE_NONE;

  if (node == NULL)
    return TRUE;
  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return refuse (error, name);
  *value = json_node_get_double (node);
  return *value >= min && *value <= max ? TRUE : refuse (error, name);
}

static Entry *
read_entry (JsonNode *node, GError **error)
{
  g_autoptr (Entry) entry = g_new0 (Entry, 1);
  JsonObject *object;
  const char *kind, *when;
  double count = -1, delay = 0;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      refuse (error, "not an object");
      return NULL;
    }
  object = json_node_get_object (node);
  kind = get_text (object, "kind");
  when = get_text (object, "when");
  for (guint i = 1; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kind, kinds[i]) == 0)
      entry->fault.kind = (TrestlePracticeFaultKind) i;
  if (entry->fault.kind == TRESTLE_PRACTICE_FAULT_NONE)
    {
      g_autofree char *names = g_strjoinv (", ", (char **) (kinds + 1));
      g_autofree char *text = g_strdup_printf ("kind “%s” is none of %s", kind ? kind : "", names);

      refuse (error, text);
      return NULL;
    }
  if (when != NULL && !g_str_equal (when, "before") && !g_str_equal (when, "after"))
    {
      refuse (error, "when is neither “before” nor “after”");
      return NULL;
    }
  if (get_text (object, "code") != NULL
      && g_strlcpy (entry->fault.code, get_text (object, "code"), sizeof entry->fault.code)
             >= sizeof entry->fault.code)
    {
      refuse (error, "code has more than 72 characters");
      return NULL;
    }
  entry->rate = 1;
  if (!read_number (object, "count", 1, G_MAXINT, &count, error)
      || !read_number (object, "rate", 0, 1, &entry->rate, error)
      || !read_number (object, "delay_ms", 0, G_MAXINT, &delay, error))
    return NULL;
  entry->count = (gint64) count;
  entry->fault.delay_ms = (guint) delay;
  entry->fault.after = g_strcmp0 (when, "after") == 0
                       || entry->fault.kind == TRESTLE_PRACTICE_FAULT_CUT
                       || entry->fault.kind == TRESTLE_PRACTICE_FAULT_DRIP
                       || (entry->fault.kind == TRESTLE_PRACTICE_FAULT_DELAY && when == NULL);
  entry->service = dup_name (object, "service");
  entry->operation = dup_name (object, "operation");
  return g_steal_pointer (&entry);
}

gboolean
trestle_practice_faults_add (TrestlePracticeFaults *self, JsonNode *root, GError **error)
{
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  gboolean list = root != NULL && JSON_NODE_HOLDS_ARRAY (root);
  guint n = list ? json_array_get_length (json_node_get_array (root)) : 1;

  if (root == NULL)
    return refuse (error, "nothing there");
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = list ? json_array_get_element (json_node_get_array (root), i) : root;
      Entry *entry = read_entry (node, error);

      if (entry == NULL)
        return FALSE;
      g_ptr_array_add (fresh, entry);
    }
  g_ptr_array_extend_and_steal (self->entries, g_steal_pointer (&fresh));
  return TRUE;
}

JsonNode *
trestle_practice_faults_list (TrestlePracticeFaults *self)
{
  g_autoptr (JsonBuilder) out = json_builder_new ();

  json_builder_begin_array (out);
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      json_builder_begin_object (out);
      put_text (out, "service", entry->service);
      put_text (out, "operation", entry->operation);
      put_text (out, "kind", kinds[entry->fault.kind]);
      if (*entry->fault.code != '\0')
        put_text (out, "code", entry->fault.code);
      if (entry->count >= 0)
        put_int (out, "count", entry->count);
      put_double (out, "rate", entry->rate);
      if (entry->fault.delay_ms > 0)
        put_int (out, "delay_ms", entry->fault.delay_ms);
      put_text (out, "when", entry->fault.after ? "after" : "before");
      json_builder_end_object (out);
    }
  json_builder_end_array (out);
  return json_builder_get_root (out);
}

typedef enum
{
  CLASS_CALL,
  CLASS_OUTCOME,
  CLASS_SKEW,
} FaultClass;

static FaultClass
classify (TrestlePracticeFaultKind kind)
{
  if (kind == TRESTLE_PRACTICE_FAULT_SKEW)
    return CLASS_SKEW;
  if (kind == TRESTLE_PRACTICE_FAULT_CAPACITY || kind == TRESTLE_PRACTICE_FAULT_STUCK
      || kind == TRESTLE_PRACTICE_FAULT_PING || kind == TRESTLE_PRACTICE_FAULT_REFUSED)
    return CLASS_OUTCOME;
  return CLASS_CALL;
}

static gboolean
take (TrestlePracticeFaults *self,
      FaultClass wanted,
      const char *service,
      const char *operation,
      TrestlePracticeFault *fault)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (classify (entry->fault.kind) != wanted
          || (entry->service != NULL && g_strcmp0 (entry->service, service) != 0)
          || (entry->operation != NULL && g_strcmp0 (entry->operation, operation) != 0)
          || (entry->rate < 1 && g_rand_double (self->random) >= entry->rate))
        continue;
      *fault = entry->fault;
      if (entry->count > 0 && --entry->count == 0)
        g_ptr_array_remove_index (self->entries, i);
      return TRUE;
    }
  fault->kind = TRESTLE_PRACTICE_FAULT_NONE;
  return FALSE;
}

gboolean
trestle_practice_faults_take (TrestlePracticeFaults *self,
                              const char *service,
                              const char *operation,
                              TrestlePracticeFault *fault)
{
  return take (self, CLASS_CALL, service, operation, fault);
}

gboolean
trestle_practice_faults_take_outcome (TrestlePracticeFaults *self,
                                      const char *service,
                                      const char *operation,
                                      TrestlePracticeFault *fault)
{
  return take (self, CLASS_OUTCOME, service, operation, fault);
}

gint64
trestle_practice_faults_take_skew (TrestlePracticeFaults *self,
                                   const char *service,
                                   const char *operation)
{
  TrestlePracticeFault fault;

  if (!take (self, CLASS_SKEW, service, operation, &fault))
    return 0;
  return (fault.delay_ms > 0 ? (gint64) fault.delay_ms : 600000) * 1000;
}
