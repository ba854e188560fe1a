/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "listings/trestle-listing-checks.h"

#include "base/trestle-future.h"
#include "widgets/trestle-watch.h"

/* AWS is asked for the package of each: one waits while another is looked at. */
#define LANES 4

struct _TrestleListingChecks
{
  GObject parent_instance;

  TrestleDrafts *drafts;
  GQueue waiting; /* of #TrestleListingItem */
  DexFuture *lanes[LANES];
};

G_DEFINE_FINAL_TYPE (TrestleListingChecks, trestle_listing_checks, G_TYPE_OBJECT)

static void
trestle_listing_checks_dispose (GObject *object)
{
  TrestleListingChecks *self = TRESTLE_LISTING_CHECKS (object);

  for (guint i = 0; i < LANES; i++)
    dex_clear (&self->lanes[i]);
  g_queue_clear_full (&self->waiting, g_object_unref);
  g_clear_object (&self->drafts);
  G_OBJECT_CLASS (trestle_listing_checks_parent_class)->dispose (object);
}

static void
trestle_listing_checks_class_init (TrestleListingChecksClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = trestle_listing_checks_dispose;
}

static void
trestle_listing_checks_init (TrestleListingChecks *self)
{
  g_queue_init (&self->waiting);
}

static void
weak_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

/* Takes the next that waits. Nothing of ours is held while it is checked: the page may go. */
static gboolean
pop (GWeakRef *owner, TrestleListingItem **item, TrestleDrafts **drafts)
{
  g_autoptr (TrestleListingChecks) self = g_weak_ref_get (owner);

  if (self == NULL || self->drafts == NULL || g_queue_is_empty (&self->waiting))
    return FALSE;
  *item = g_queue_pop_head (&self->waiting);
  *drafts = g_object_ref (self->drafts);
  return TRUE;
}

static DexFuture *
lane_fiber (gpointer data)
{
  TrestleListingItem *next;
  TrestleDrafts *from;

  while (pop (data, &next, &from))
    {
      g_autoptr (TrestleListingItem) item = next;
      g_autoptr (TrestleDrafts) drafts = from;
      g_autoptr (TrestleOpenDraft) open = NULL;
      g_autoptr (GError) error = NULL;

      /* also where all of it is known at once, the window has its turn */
      if (!dex_await (dex_timeout_new_msec (1), &error)
          && !g_error_matches (error, DEX_ERROR, DEX_ERROR_TIMED_OUT))
        break;
      if (trestle_listing_item_get_draft (item) == NULL)
        continue;
      /* a file that cannot be read says so in the draft's problem */
      open = dex_await_object (
          trestle_drafts_open (drafts,
                               trestle_draft_info_get_name (trestle_listing_item_get_draft (item))),
          NULL);
      if (open != NULL && dex_await (trestle_open_draft_check (open), NULL))
        trestle_listing_item_take_checked (item, open);
    }
  return dex_future_new_true ();
}

static void
on_lane_ended (gpointer owner, const GValue *value, const GError *error)
{
}

static gboolean
is_free (DexFuture *lane)
{
  return lane == NULL || !dex_future_is_pending (lane);
}

TrestleListingChecks *
trestle_listing_checks_new (TrestleDrafts *drafts)
{
  TrestleListingChecks *self = g_object_new (TRESTLE_TYPE_LISTING_CHECKS, NULL);

  self->drafts = g_object_ref (drafts);
  return self;
}

void
trestle_listing_checks_add (TrestleListingChecks *self, TrestleListingItem *item)
{
  g_return_if_fail (TRESTLE_IS_LISTING_CHECKS (self));

  if (!trestle_listing_item_claim_check (item))
    return;
  g_queue_push_tail (&self->waiting, g_object_ref (item));
  for (guint i = 0; i < LANES; i++)
    if (is_free (self->lanes[i]))
      {
        GWeakRef *owner = g_new0 (GWeakRef, 1);

        g_weak_ref_init (owner, self);
        trestle_watch (self, &self->lanes[i], trestle_fiber_spawn (lane_fiber, owner, weak_free),
                       on_lane_ended);
        return;
      }
}
