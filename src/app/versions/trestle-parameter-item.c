/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "versions/trestle-parameter-item.h"

#include "domain/trestle-node.h"

struct _TrestleParameterItem
{
  GObject parent_instance;

  char *texts[3];
  char *flag_words;
  gboolean flag;
  gboolean narrow;
};

enum
{
  PROP_NAME = 1,
  PROP_DESCRIPTION,
  PROP_CONSTRAINTS,
  PROP_FLAG,
  PROP_FLAG_WORDS,
  PROP_NARROW,
  N_PROPS
};

static const char *const members[] = { "Name", "Description", "Constraints" };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleParameterItem, trestle_parameter_item, G_TYPE_OBJECT)

const char *
trestle_parameter_item_get_name (TrestleParameterItem *self)
{
  g_return_val_if_fail (TRESTLE_IS_PARAMETER_ITEM (self), "");
  return self->texts[0];
}

gboolean
trestle_parameter_item_get_flag (TrestleParameterItem *self)
{
  g_return_val_if_fail (TRESTLE_IS_PARAMETER_ITEM (self), FALSE);
  return self->flag;
}

static void
set_boolean (TrestleParameterItem *self, gboolean *slot, gboolean value, guint property)
{
  if (*slot == value)
    return;
  *slot = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
trestle_parameter_item_set (TrestleParameterItem *self,
                            JsonNode *parameter,
                            const char *flag,
                            const char *flag_label,
                            gboolean narrow)
{
  g_autofree char *words = NULL;

  g_return_if_fail (TRESTLE_IS_PARAMETER_ITEM (self));

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *text = trestle_node_text (parameter, members[i]);

      if (g_set_str (&self->texts[i], text != NULL ? text : ""))
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME + i]);
    }
  words = g_strdup_printf ("%s: %s", flag_label != NULL ? flag_label : "", self->texts[0]);
  if (g_set_str (&self->flag_words, words))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FLAG_WORDS]);
  set_boolean (self, &self->flag, flag != NULL && trestle_node_flag (parameter, flag), PROP_FLAG);
  set_boolean (self, &self->narrow, narrow, PROP_NARROW);
}

static void
trestle_parameter_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleParameterItem *self = TRESTLE_PARAMETER_ITEM (object);

  switch (id)
    {
    case PROP_NAME:
    case PROP_DESCRIPTION:
    case PROP_CONSTRAINTS:
      g_value_set_string (value, self->texts[id - PROP_NAME]);
      break;
    case PROP_FLAG:
      g_value_set_boolean (value, self->flag);
      break;
    case PROP_FLAG_WORDS:
      g_value_set_string (value, self->flag_words);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_parameter_item_finalize (GObject *object)
{
  TrestleParameterItem *self = TRESTLE_PARAMETER_ITEM (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->texts); i++)
    g_free (self->texts[i]);
  g_free (self->flag_words);
  G_OBJECT_CLASS (trestle_parameter_item_parent_class)->finalize (object);
}

static void
trestle_parameter_item_class_init (TrestleParameterItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = trestle_parameter_item_get_property;
  object_class->finalize = trestle_parameter_item_finalize;
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  properties[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, "", flags);
  properties[PROP_CONSTRAINTS] = g_param_spec_string ("constraints", NULL, NULL, "", flags);
  properties[PROP_FLAG] = g_param_spec_boolean ("flag", NULL, NULL, FALSE, flags);
  properties[PROP_FLAG_WORDS] = g_param_spec_string ("flag-words", NULL, NULL, NULL, flags);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
trestle_parameter_item_init (TrestleParameterItem *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->texts); i++)
    self->texts[i] = g_strdup ("");
}

TrestleParameterItem *
trestle_parameter_item_new (void)
{
  return g_object_new (TRESTLE_TYPE_PARAMETER_ITEM, NULL);
}
