/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "editor/trestle-regions-group.h"

#include <glib/gi18n.h>

#include "domain/trestle-node.h"
#include "widgets/trestle-finding-strip.h"
#include "widgets/trestle-watch.h"

struct _TrestleRegionsGroup
{
  AdwPreferencesGroup parent_instance;

  TrestleFindingStrip *why;

  TrestleSession *session;
  TrestleOpenDraft *open_draft;
  DexFuture *load;
};

enum
{
  PROP_OPEN_DRAFT = 1,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleRegionsGroup, trestle_regions_group, ADW_TYPE_PREFERENCES_GROUP)

static void
explain (TrestleRegionsGroup *self, const char *title)
{
  trestle_finding_strip_set_words (
      self->why, TRESTLE_TONE_ACCENT, title,
      _ ("A model or algorithm is offered wherever accounts have SageMaker without asking for it. No "
         "request adds or removes a Region; write to AWS Marketplace’s seller operations if one has "
         "to go."));
}

static void
show_regions (TrestleRegionsGroup *self, JsonNode *list)
{
  guint n = trestle_node_length (list);
  g_autofree char *title = NULL;

  if (n == 0)
    {
      explain (self, _ ("AWS does not tell the Regions."));
      return;
    }
  title = g_strdup_printf (
      g_dngettext (NULL, "%u Region, set by AWS.", "%u Regions, set by AWS.", n), n);
  explain (self, title);
  for (guint i = 0; i < n; i++)
    {
      const char *region = trestle_node_self_text (trestle_node_element (list, i));
      GtkWidget *row;

      if (region == NULL)
        continue;
      row = adw_action_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), region);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
    }
}

static void
on_product (gpointer owner, const GValue *value, const GError *error)
{
  TrestleRegionsGroup *self = owner;
  TrestleEntity *entity = error == NULL
                              ? trestle_own_product_get_product (g_value_get_object (value))
                              : NULL;
  JsonNode *document = entity != NULL ? (JsonNode *) trestle_entity_get_document (entity) : NULL;
  JsonNode *availability = document != NULL ? trestle_node_member (document, "RegionAvailability")
                                            : NULL;

  if (error != NULL)
    explain (self, _ ("The Regions cannot be read now."));
  else
    show_regions (self,
                  availability != NULL ? trestle_node_member (availability, "Regions") : NULL);
}

static void
load (TrestleRegionsGroup *self)
{
  const char *id;

  if (self->session == NULL || self->open_draft == NULL || self->load != NULL)
    return;
  id = trestle_draft_get_text (trestle_open_draft_get_draft (self->open_draft),
                               "Product.Identifier");
  if (*id == '\0')
    {
      explain (self, _ ("AWS sets them when the product is made."));
      return;
    }
  explain (self, _ ("Reading the Regions…"));
  trestle_watch (
      self, &self->load,
      trestle_own_products_describe (trestle_session_get_own_products (self->session), id),
      on_product);
}

static void
trestle_regions_group_set_property (GObject *object,
                                    guint id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  TrestleRegionsGroup *self = TRESTLE_REGIONS_GROUP (object);

  switch (id)
    {
    case PROP_OPEN_DRAFT:
      g_set_object (&self->open_draft, g_value_get_object (value));
      load (self);
      break;
    case PROP_SESSION:
      g_set_object (&self->session, g_value_get_object (value));
      load (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_regions_group_dispose (GObject *object)
{
  TrestleRegionsGroup *self = TRESTLE_REGIONS_GROUP (object);

  dex_clear (&self->load);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_REGIONS_GROUP);
  g_clear_object (&self->session);
  g_clear_object (&self->open_draft);
  G_OBJECT_CLASS (trestle_regions_group_parent_class)->dispose (object);
}

static void
trestle_regions_group_class_init (TrestleRegionsGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  g_type_ensure (TRESTLE_TYPE_FINDING_STRIP);
  object_class->dispose = trestle_regions_group_dispose;
  object_class->set_property = trestle_regions_group_set_property;
  properties[PROP_OPEN_DRAFT] = g_param_spec_object ("open-draft", NULL, NULL,
                                                     TRESTLE_TYPE_OPEN_DRAFT, flags);
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, TRESTLE_TYPE_SESSION,
                                                  flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/editor/trestle-regions-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleRegionsGroup, why);
}

static void
trestle_regions_group_init (TrestleRegionsGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
