/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-copy.h"

#include <gobject/gvaluecollector.h>

static void
collect (GValue *value, va_list args)
{
  g_autofree char *fault = NULL;

  G_VALUE_COLLECT (value, args, 0, &fault);
  if (fault != NULL)
    g_critical ("%s", fault);
}

gpointer
trestle_copy_with (gpointer object, const char *first_property, ...)
{
  GType type = G_OBJECT_TYPE (object);
  guint n_specs;
  g_autofree GParamSpec **specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (object),
                                                                  &n_specs);
  g_autofree const char **names = g_new0 (const char *, n_specs);
  g_autofree GValue *values = g_new0 (GValue, n_specs);
  GObject *copy;
  va_list args;

  for (guint i = 0; i < n_specs; i++)
    {
      names[i] = specs[i]->name;
      g_value_init (&values[i], specs[i]->value_type);
      g_object_get_property (object, names[i], &values[i]);
    }
  va_start (args, first_property);
  for (const char *name = first_property; name != NULL; name = va_arg (args, const char *))
    {
      guint i = 0;

      while (i < n_specs && !g_str_equal (names[i], name))
        i++;
      if (i == n_specs)
        {
          g_critical ("%s has no property “%s”", g_type_name (type), name);
          break;
        }
      g_value_unset (&values[i]);
      g_value_init (&values[i], specs[i]->value_type);
      collect (&values[i], args);
    }
  va_end (args);

  copy = g_object_new_with_properties (type, n_specs, names, values);
  for (guint i = 0; i < n_specs; i++)
    g_value_unset (&values[i]);
  return copy;
}
